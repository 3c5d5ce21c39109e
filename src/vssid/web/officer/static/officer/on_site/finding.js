// Who is meant: by words of the name without marks, a number that was typed, the code of a form or of a card.
export const fold = (text) =>
  text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .trim();
const bare = (text) => text.replace(/[^0-9a-z]/gi, "").toLowerCase();

// The whole number of one file: a form's barcode, a BHXH code, an ID number, or the QR of an ID card, whose
// first part that is.
export function exact(files, text) {
  const number = bare(text.includes("|") ? text.split("|")[0] : text);
  if (number.length < 9) return null;
  return files.find((file) => [file.number, file.bhxh, file.id_number].some((known) => bare(known) === number)) ?? null;
}

export function matching(files, text) {
  const one = exact(files, text);
  if (one) return [one];
  const words = fold(text).split(/\s+/).filter(Boolean),
    number = bare(text);
  return files.filter((file) => {
    const name = ` ${file.folded}`;
    return (
      words.every((word) => name.includes(` ${word}`)) ||
      (/^\d{3,}$/.test(number) && [file.number, file.bhxh, file.id_number].some((known) => bare(known).includes(number)))
    );
  });
}
