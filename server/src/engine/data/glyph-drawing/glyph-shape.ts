/** x to the right and y down, both from 0 to 1 over the image. */
export type Point = readonly [x: number, y: number];

/** A curve through these points, drawn without lifting the pen. A point that is given twice is a corner. */
export type Stroke = readonly Point[];

/** One way to write a character. */
export type GlyphShape = readonly Stroke[];

/** Ten characters, each with the ways in which it is written. The place in the list is the label. */
export type Alphabet = readonly (readonly GlyphShape[])[];
