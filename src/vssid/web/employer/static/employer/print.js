// How far a PDF is, without loading the page anew. The page works without it.
import { watch } from "../ui/js/progress.js";

watch(document.querySelector("[data-progress]"));
