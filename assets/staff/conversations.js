// The day of a conversation is that of who writes it down. The server has that of UTC, which in the evening of America
// is the next one already, and in the morning of Asia the one before.
"use strict";
{
  const field = document.getElementById("field-on_date");
  const now = new Date();
  const here = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  const dayOf = (/** @type {Date} */ date) => date.toISOString().slice(0, 10);
  // a form that came back with what was typed keeps it
  const isNew = document.body.dataset.answer === undefined;
  if (field instanceof HTMLInputElement && isNew && field.defaultValue === dayOf(now))
    field.defaultValue = dayOf(here);
}
