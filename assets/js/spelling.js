// One spelling of a text, however somebody types it: without case, marks on letters, blanks, signs. The same as
// `normalize` in dashboard/dataset/spelling.py, by which lists of the server are found.
"use strict";
var dash_clientside = dash_clientside || {};
{
  /** @type {Record<string, string>} */
  const PLAIN = {
    ı: "i",
    ə: "e",
    ł: "l",
    ø: "o",
    đ: "d",
    ð: "d",
    ħ: "h",
    æ: "ae",
    œ: "oe",
    ß: "ss",
  };

  /** @param {string} text */
  const fold = (text) =>
    text
      .toLowerCase()
      .replace(/[ıəłøđðħæœß]/g, (letter) => PLAIN[letter])
      .normalize("NFKD")
      .replace(/[^\p{L}\p{N}]|\p{Lm}/gu, "");

  /** @param {string} text */
  const wordsOf = (text) => text.split(/\s+/).map(fold).filter(Boolean);

  dash_clientside.spelling = { fold, wordsOf };
}
