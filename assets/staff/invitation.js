// The code of a link stands behind "#", which is sent to no server: it goes from there into the form.
"use strict";
{
  const field = document.getElementById("field-mark");
  if (field instanceof HTMLInputElement && location.hash.length > 1) {
    field.value = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
  }
}
