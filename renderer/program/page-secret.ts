/** Where the secret that the program's link brings is kept: browsers share it between tabs, and with no other port. */
const place = 'phone-health-secret';
const inAddress = /^#secret=([\w-]{1,100})$/;

/** Works while this page is open, where the browser keeps nothing. */
let ofThisPage: string | null = null;

/**
 * Takes the secret that the link has brought out of the address, so that it stands in no history and no picture of the screen, and keeps
 * it. Called once, before the router reads the address.
 */
export function keepPageSecret(): void {
  const secret = inAddress.exec(window.location.hash)?.[1];
  if (secret === undefined) return;
  ofThisPage = secret;
  window.history.replaceState(null, '', window.location.pathname);
  try {
    window.localStorage.setItem(place, secret);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** Empty where the link was never opened in this browser. */
export function pageSecret(): string {
  try {
    return ofThisPage ?? window.localStorage.getItem(place) ?? '';
  } catch (error) {
    if (error instanceof DOMException) return '';
    throw error;
  }
}
