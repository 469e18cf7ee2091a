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
  kind: 'start' | 'projected' | 'baseline';
  /** Tells levels of one kind and style apart: each has its own dashes. */
  variant?: number;
}

/** A leg on the axis of all steps. */
export interface AxisLeg {
  name: string;
  from: number;
  to: number;
}

/** Curves along the path. */
export interface ChartModel {
  kind: 'path';
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

/** A checkpoint of a run. */
export interface Place {
  leg: string;
  step: number;
}

/** What an axis measures. */
export interface Axis {
  name: string;
  unit: 'percent' | 'number' | 'count';
  log?: boolean;
}

/** A point of a plane; without a place on it where a coordinate is not finite. */
export interface PlanePoint {
  x: number | null;
  y: number | null;
  /** What the point stands for, such as a network. */
  label: string;
  /** The checkpoint that it stands for. */
  place?: Place;
}

export interface PlaneSeries {
  name: string;
  points: PlanePoint[];
  style: number;
  /** Whether a line joins the points in their order. */
  joined: boolean;
  /** Not drawn until the reader asks for it. */
  hidden?: boolean;
}

/** Points in a plane of two measured quantities. */
export interface PlaneModel {
  kind: 'plane';
  id: string;
  title: string;
  caption: string;
  x: Axis;
  y: Axis;
  series: PlaneSeries[];
}

/** One of several upright axes. */
export interface ParallelAxis {
  name: string;
  unit: 'percent' | 'number';
  /** The values in their order, where they are no numbers. */
  categories?: string[];
}

/** Lines across upright axes. */
export interface ParallelModel {
  kind: 'parallel';
  id: string;
  title: string;
  caption: string;
  axes: ParallelAxis[];
  /** A value for each axis; null where there is none, which leaves a gap. */
  series: { name: string; style: number; values: (string | number | null)[] }[];
}

export type AnyChart = ChartModel | PlaneModel | ParallelModel;
