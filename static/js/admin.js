// A table of rows that nobody may change holds nothing to focus, so the keyboard could not push it sideways on a phone.
for (const rows of document.querySelectorAll(".inline-group .tabular")) {
  if (!rows.querySelector("a[href], input:not([type=hidden]), select, textarea")) rows.tabIndex = 0;
}
