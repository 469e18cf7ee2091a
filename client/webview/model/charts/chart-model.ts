/** What a chart shows, without a word on how it is drawn. */

/** Steps along the whole path (x) and a value; null where it is not finite, which leaves a gap. */
export type Point = readonly [x: number, y: number | null];

export interface Series {
  name: string;
  points: Point[];
  /** Which of the distinguishable styles (colour, dash and symbol together) it has. */
  style: number;
}

/** A level to compare with, from one step to another. */
export interface Reference {
  name: string;
  from: number;
  to: number;
  value: number;
  /** The style of the series that it belongs to. */
  style: number;
  kind: 'start' | 'projected';
}

/** A leg on the axis of all steps. */
export interface AxisLeg {
  name: string;
  from: number;
  to: number;
}

export interface ChartModel {
  id: string;
  title: string;
  /** What the title does not say, in a sentence. */
  caption: string;
  unit: 'percent' | 'number';
  legs: AxisLeg[];
  series: Series[];
  references: Reference[];
  /** Whether the reader may ask for a logarithmic scale. */
  mayBeLog: boolean;
  small: boolean;
}
