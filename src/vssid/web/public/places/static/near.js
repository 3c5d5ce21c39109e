// "Gần tôi": the position goes with one form and is kept nowhere. Without a script the button is not there.
const form = document.querySelector("[data-near]");
const said = form.querySelector("[data-near-said]");

if (navigator.geolocation) form.hidden = false;

form.addEventListener("submit", (event) => {
  if (form.elements["vi-do"].value) return;
  event.preventDefault();
  said.textContent = said.dataset.wait;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      form.elements["vi-do"].value = coords.latitude.toFixed(4);
      form.elements["kinh-do"].value = coords.longitude.toFixed(4);
      form.submit();
    },
    () => {
      said.textContent = said.dataset.no;
    },
    { timeout: 15000, maximumAge: 60000 },
  );
});
