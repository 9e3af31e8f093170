import * as echarts from 'echarts'

/** One bar of each group. */
export interface Series {
  readonly name: string
  readonly colour: string
  readonly values: readonly number[]
}

/** One set of axes: a group of bars for each category. */
export interface Panel {
  readonly title: string
  readonly categories: readonly string[]
  readonly series: readonly Series[]
  readonly isLogarithmic?: boolean
}

const PANEL_WIDTH = 420
const HEIGHT = 360
const TOP = 96
const BOTTOM = 40

/** Bars in one panel that have room for their values. */
const LABELLED_BARS_MAX = 12

const INK = '#24292f'
const FAINT_INK = '#57606a'

/** Draws panels side by side under one legend, on a white ground of their own: readable on any page. */
export function drawBars(panels: readonly Panel[]): string {
  const size = { width: PANEL_WIDTH * panels.length, height: HEIGHT }
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size })
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: 'Arial, Helvetica, sans-serif' },
    legend: { left: 10, top: 40, itemGap: 32, textStyle: { color: INK } },
    title: panels.map(({ title }, index) => ({
      text: title,
      left: index * PANEL_WIDTH + 10,
      top: 10,
      textStyle: { fontSize: 14, color: INK },
    })),
    grid: panels.map((_, index) => ({
      left: index * PANEL_WIDTH + 60,
      width: PANEL_WIDTH - 84,
      top: TOP,
      height: HEIGHT - TOP - BOTTOM,
    })),
    xAxis: panels.map(({ categories }, gridIndex) => ({
      gridIndex,
      data: [...categories],
      axisLabel: { color: INK, interval: 0 },
    })),
    yAxis: panels.map(({ isLogarithmic = false }, gridIndex) => ({
      gridIndex,
      type: isLogarithmic ? ('log' as const) : ('value' as const),
      axisLabel: { color: FAINT_INK },
    })),
    series: panels.flatMap(seriesOf),
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}

function seriesOf({ series, categories }: Panel, panel: number) {
  const show = series.length * categories.length <= LABELLED_BARS_MAX
  return series.map(({ name, colour, values }) => ({
    type: 'bar' as const,
    name,
    data: [...values],
    xAxisIndex: panel,
    yAxisIndex: panel,
    itemStyle: { color: colour },
    label: {
      show,
      position: 'top' as const,
      color: INK,
      fontSize: 11,
      formatter: ({ value }: { value?: unknown }) => shortened(Number(value)),
    },
  }))
}

/** Two digits, or all before the point. */
function shortened(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(2)))
}
