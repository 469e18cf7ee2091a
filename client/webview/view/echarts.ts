/** The parts of the chart library that the panel uses; nothing else of it is bundled. */
import { LineChart, ParallelChart } from 'echarts/charts';
import {
  DataZoomInsideComponent,
  GridComponent,
  LegendPlainComponent,
  MarkLineComponent,
  ParallelComponent,
  TitleComponent,
  TooltipComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

use([
  LineChart,
  ParallelChart,
  ParallelComponent,
  GridComponent,
  TooltipComponent,
  MarkLineComponent,
  DataZoomInsideComponent,
  LegendPlainComponent,
  TitleComponent,
  SVGRenderer,
  CanvasRenderer,
]);

export const initChart = init;
