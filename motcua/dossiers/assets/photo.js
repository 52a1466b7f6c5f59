// Fetched only when somebody chooses a photo of a receipt: it is larger than all other scripts together.

export { textIn } from "./_photo.js";
