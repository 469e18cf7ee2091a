import type { AnyChart } from '../model/charts/chart-model';
import { chartOption } from './any-option';
import type { Look } from './chart-option';
import { initChart } from './echarts';
import { referenceDash, seriesStyle } from './series-style';
import type { Theme } from './theme';

const WIDTH = 960;
const HEIGHT = 540;
/** Pixels of a PNG for each unit of length. */
const DENSITY = 2;
/** Roughly, of a letter and of the sample of an entry of the legend. */
const LETTER = 7;
const SAMPLE = 48;

/**
 * The chart as a file for slides and papers, with its title and legend in the picture: SVG as text, PNG in base64. The
 * library draws the PNG itself, as the policy of the page forbids to load any image.
 */
export function chartPicture(chart: AnyChart, look: Look, ending: 'png' | 'svg'): string {
  const place = document.createElement('div');
  const isSvg = ending === 'svg';
  const size = { width: WIDTH, height: HEIGHT };
  const picture = isSvg
    ? initChart(place, undefined, { renderer: 'svg', ssr: true, ...size })
    : initChart(place, undefined, { renderer: 'canvas', devicePixelRatio: DENSITY, ...size });
  picture.setOption(pictureOption(chart, { ...look, theme: portable(look.theme) }));
  const content = isSvg
    ? picture.renderToSVGString()
    : base64(picture.getDataURL({ type: 'png', pixelRatio: DENSITY }));
  picture.dispose();
  return content;
}

function base64(url: string): string {
  return url.slice(url.indexOf(',') + 1);
}

function pictureOption(chart: AnyChart, look: Look) {
  const { theme, hidden } = look;
  const option = chartOption(chart, look);
  const entries = legendOf(chart, theme).filter(({ name }) => !hidden.has(name));
  const length = entries.reduce((sum, { name }) => sum + SAMPLE + LETTER * name.length, 0);
  const top = 50 + 22 * Math.ceil(length / (WIDTH - 60));
  const area = chart.kind === 'parallel' ? 'parallel' : 'grid';
  const within = option[area] as { top?: number };
  return {
    ...option,
    backgroundColor: theme.background,
    title: {
      text: chart.title,
      left: 16,
      top: 12,
      textStyle: { color: theme.foreground, fontSize: 16, fontFamily: theme.font },
    },
    legend: {
      left: 12,
      right: 12,
      top: 42,
      itemWidth: 30,
      textStyle: { color: theme.foreground, fontSize: 12 },
      data: entries,
    },
    [area]: { ...within, left: 24, right: 30, bottom: 30, top: top + (within.top ?? 0) },
  };
}

function legendOf(chart: AnyChart, theme: Theme) {
  const series = chart.series.map(({ name, style }) => {
    const { color, dash } = seriesStyle(style, theme);
    return { name, lineStyle: { color, type: dash, width: 2 }, itemStyle: { color } };
  });
  if (chart.kind !== 'path') return series;
  const levels = chart.references.map((level) => ({
    name: level.name,
    lineStyle: {
      color: seriesStyle(level.style, theme).color,
      type: referenceDash(level),
      width: 1.5,
    },
    itemStyle: { color: seriesStyle(level.style, theme).color },
  }));
  return [...series, ...levels];
}

/** The theme for a file: colours that other programs know, and a font whose quotes do not end an attribute of SVG. */
function portable(theme: Theme): Theme {
  return {
    font: theme.font.replaceAll('"', "'"),
    foreground: plainColor(theme.foreground),
    muted: plainColor(theme.muted),
    grid: plainColor(theme.grid),
    background: plainColor(theme.background),
    series: theme.series.map(plainColor),
  };
}

/** A colour as `rgba(...)`: mixed ones are known to browsers alone. It is painted and read back. */
function plainColor(color: string): string {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return color;
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 255] = context.getImageData(0, 0, 1, 1).data;
  return `rgba(${red},${green},${blue},${Number((alpha / 255).toFixed(3))})`;
}
