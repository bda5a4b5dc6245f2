// What every page gains when scripts run. Nothing here is needed to read or to navigate.

// A command can be copied: the button is made here, so that without scripts there is none that does nothing.
const french = document.documentElement.lang === 'fr';
const say = (en, fr) => (french ? fr : en);

for (const command of document.querySelectorAll('pre[data-copy]')) {
  if (!navigator.clipboard) break;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button plain small copy';
  button.textContent = say('Copy', 'Copier');
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(command.textContent.trim());
    button.textContent = say('Copied', 'Copié');
    setTimeout(() => { button.textContent = say('Copy', 'Copier'); }, 2000);
  });
  const frame = document.createElement('div');
  frame.className = 'copyable';
  command.replaceWith(frame);
  frame.append(command, button);
}

// A list narrows as one types in its search field; sending the form gives the same list as an address.
for (const field of document.querySelectorAll('input[data-narrow]')) {
  const table = document.getElementById(field.dataset.narrow);
  if (!table) continue;
  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const rows = [...table.tBodies].flatMap((body) => [...body.rows].filter((row) => !row.classList.contains('group')));
  const texts = new Map(rows.map((row) => [row, plain(row.textContent)]));
  field.addEventListener('input', () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    for (const row of rows) row.hidden = !words.every((word) => texts.get(row).includes(word));
    for (const body of table.tBodies) body.hidden = [...body.rows].every((row) => row.hidden || row.classList.contains('group'));
  });
}

if (document.querySelector('[data-passkey]')) import('./passkeys.mjs');

// What takes more than a second says so: the words are those of the form, shown only once the wait is felt.
for (const place of document.querySelectorAll('[data-progress]')) {
  place.setAttribute('role', 'status');
  place.closest('form')?.addEventListener('submit', () => {
    setTimeout(() => {
      const bar = document.createElement('progress');
      bar.setAttribute('aria-label', place.dataset.progress);
      const words = document.createElement('p');
      words.textContent = place.dataset.progress;
      place.replaceChildren(words, bar);
    }, 1000);
  });
}
