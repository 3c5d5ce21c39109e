// A passkey is offered where the device can make one; a stored page offers nothing.
const offer = document.querySelector("[data-passkey-offer]");
const able = window.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable;
if (navigator.onLine && able && !document.documentElement.hasAttribute("data-stored")) {
  offer.hidden = !(await able.call(PublicKeyCredential));
}
