/** The parts of the chart library that the panel uses; nothing else of it is bundled. */
import { LineChart, ParallelChart } from 'echarts/charts';
import {
  DataZoomInsideComponent,
  GridComponent,
  MarkLineComponent,
  ParallelComponent,
  TooltipComponent,
} from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([
  LineChart,
  ParallelChart,
  ParallelComponent,
  GridComponent,
  TooltipComponent,
  MarkLineComponent,
  DataZoomInsideComponent,
  SVGRenderer,
]);

export const initChart = init;
