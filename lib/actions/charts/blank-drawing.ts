import type { VenueType } from '../../venue/chart.ts'
import type { ShownCategory } from '../../records/records.ts'

/** The drawing of a chart that was created without one. */
export function blankDrawing(
  name: string,
  {
    venueType = 'SIMPLE',
    categories = [],
  }: { venueType?: VenueType; categories?: readonly ShownCategory[] } = {},
): object {
  const numbers = categories.map(({ key }) => key).filter((key) => typeof key === 'number')
  return {
    name,
    version: 22,
    venueType,
    categories: { list: categories, maxCategoryKey: Math.max(0, ...numbers) },
    tablesLabelCounter: 1,
    uuidCounter: 1,
    rowSpacing: 14,
    rowChairSpacing: 5,
    colorScheme: 'light',
    sectionScaleFactor: 100,
    subChart: {
      width: 0,
      height: 0,
      snapOffset: { x: 0, y: 0 },
      focalPoint: null,
      rows: [],
      tables: [],
      booths: [],
      generalAdmissionAreas: [],
      sections: [],
      shapes: [],
      texts: [],
      icons: [],
      imageObjects: [],
      backgroundImage: null,
      referenceChart: null,
    },
  }
}
