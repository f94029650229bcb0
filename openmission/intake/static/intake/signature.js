// Signing by drawing: strokes are kept as JSON, lists of [x, y] points on a 600 x 200 sheet, in a hidden input.
// Without this script, or without a pointer, the typed name is the signature.

const WIDTH = 600;
const HEIGHT = 200;
const INK = "#1a2b4a";

function read(input) {
  try {
    return JSON.parse(input.value || "[]");
  } catch {
    return [];
  }
}

/** The pointer's place on the sheet, whatever size it is shown in. */
function point(canvas, event) {
  const box = canvas.getBoundingClientRect();
  const on = (value, size, most) => Math.round(Math.min(Math.max((value / size) * most, 0), most) * 10) / 10;
  return [on(event.clientX - box.left, box.width, WIDTH), on(event.clientY - box.top, box.height, HEIGHT)];
}

function draw(canvas, strokes) {
  const scale = Math.ceil(window.devicePixelRatio || 1);
  canvas.width = WIDTH * scale;
  canvas.height = HEIGHT * scale;
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  pen.lineWidth = 2.5;
  pen.lineCap = pen.lineJoin = "round";
  pen.strokeStyle = INK;
  for (const stroke of strokes) {
    pen.beginPath();
    stroke.forEach(([x, y], n) => (n ? pen.lineTo(x, y) : pen.moveTo(x, y)));
    pen.stroke();
  }
}

function begin(place) {
  if (place.dataset.ready) return;
  place.dataset.ready = "yes";
  const input = document.getElementById(place.dataset.signature);
  const canvas = place.querySelector("canvas");
  const told = place.querySelector("[data-drawn]");
  let strokes = read(input);
  let drawing = null;

  function show() {
    draw(canvas, strokes);
    told.textContent = strokes.length ? told.dataset.drawn : "";
  }

  function keep() {
    input.value = strokes.length ? JSON.stringify(strokes) : "";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    show();
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (drawing || event.button) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    drawing = { pointer: event.pointerId, stroke: [point(canvas, event)] };
    strokes.push(drawing.stroke);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (drawing?.pointer !== event.pointerId) return;
    for (const part of event.getCoalescedEvents?.() ?? [event]) drawing.stroke.push(point(canvas, part));
    draw(canvas, strokes);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, (event) => {
      if (drawing?.pointer !== event.pointerId) return;
      drawing = null;
      keep();
    });
  }
  place.querySelector("[data-clear]").addEventListener("click", () => {
    strokes = [];
    keep();
  });
  input.form.addEventListener("draft:filled", () => {
    strokes = read(input);
    show();
  });
  place.hidden = false;
  show();
}

const look = (root) => root.querySelectorAll("[data-signature]").forEach(begin);
look(document);
document.addEventListener("draft:look", (event) => look(event.target));
