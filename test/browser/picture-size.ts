/** Of the picture of the documents, in pixels. */
export const PICTURE_SIZE = { width: 1280, height: 900 }
