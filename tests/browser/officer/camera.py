"""A camera, and a folder of scans, as a browser gives them."""

from __future__ import annotations

from typing import Any

# Each picture is brighter than the one before, so that no two are the same.
CAMERA = """() => {
  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
    canvas.width = 640;
    canvas.height = 480;
    window.shade = window.shade ?? 0;
    setInterval(() => {
      window.shade += 1;
      pen.fillStyle = `rgb(${window.shade % 256}, 120, 200)`;
      pen.fillRect(0, 0, 640, 480);
    }, 40);
    return canvas.captureStream(20);
  };
}"""
# The private file system of the page stands for the scanner's folder: the same kind of handle.
FOLDER = """() => { window.showDirectoryPicker = () => navigator.storage.getDirectory(); }"""
SCAN = """async (name) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 400;
  canvas.getContext("2d").fillText(name, 20, 200);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const folder = await navigator.storage.getDirectory();
  const writing = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await writing.write(blob);
  await writing.close();
}"""


def give_camera(page: Any) -> None:
    """From now on the page open has a camera."""
    page.evaluate(CAMERA)


def build_in_camera(page: Any) -> None:
    """From its next load on the page has a camera, whatever page it is."""
    page.add_init_script(f"({CAMERA})()")


def give_folder(page: Any) -> None:
    """From its next load on the page may look into a folder."""
    page.add_init_script(f"({FOLDER})()")


def scan_into_folder(page: Any, name: str) -> None:
    """A scanner has written a picture of this name."""
    page.evaluate(SCAN, name)


def camera_shows(page: Any) -> None:
    """Wait until there is a picture to be taken."""
    page.locator("video[data-ready]").wait_for()
