/** The company's colour. The style sheet darkens or lightens it until it can be read. */
export function showBrand(colour: string | undefined): void {
  if (colour && CSS.supports("color", colour)) document.documentElement.style.setProperty("--brand", colour);
}
