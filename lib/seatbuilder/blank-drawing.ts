/** The drawing of a chart that was created without one. */
export function blankDrawing(name: string): object {
  return {
    name,
    version: 22,
    venueType: 'SIMPLE',
    categories: { list: [], maxCategoryKey: 0 },
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
