// A photo fit for a weak network: 2,400 pixels on the long side leave the card's QR well readable.
const LONG_SIDE = 2400;
const ENOUGH = 3 * 1024 * 1024;

export async function shrink(file) {
  if (file.size <= ENOUGH || !("createImageBitmap" in window)) return file;
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file; // HEIC and the like: the server can read them
  }
  const scale = LONG_SIDE / Math.max(picture.width, picture.height);
  if (scale >= 1) return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const drawing = canvas.getContext("2d");
  drawing.imageSmoothingQuality = "high";
  drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((done) => {
    canvas.toBlob(done, "image/jpeg", 0.9);
  });
  return blob && blob.size < file.size ? blob : file;
}
