// The chat's session belongs to the page that is being left, so it is ended from here, before the form goes.
document.querySelector('form[data-tells-chat]')?.addEventListener('submit', () => window.privity?.('shutdown'))
