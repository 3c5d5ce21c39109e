// The employers' console: only that a session at rest is asked about. Every page works without it.
import { idle } from "../ui/js/idle.js";

idle(document.querySelector(".toasts"));
