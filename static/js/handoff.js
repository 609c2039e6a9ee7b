// A form that posts itself, for the page between two hosts; without JavaScript its button does the same.
export function submitNow(form) {
  form.requestSubmit();
}
