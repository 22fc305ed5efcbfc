/** For what stands where a control was: whoever used that one with the keyboard goes on from here. */
export function inherit(heir: HTMLElement | null): void {
  if (document.activeElement === document.body && document.hasFocus()) heir?.focus();
}
