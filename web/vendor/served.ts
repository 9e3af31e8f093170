import type { ChartRendererConfigOptions, SeatingChart } from '@seatsio/seatsio-types'

// For readers, and for the compiler, which holds it against the vendor's types; `unserved.ts` has what pages need of it.

/** Whether something of the vendor's interface is served: as documented, in so far as it is said, not at all, or without a need to. */
export type Served = 'served' | 'not served' | 'no effect' | { readonly partly: string }

type Callback = Extract<keyof ChartRendererConfigOptions, `on${string}`>

const place = {
  container: 'served',
  divId: 'served',
  workspaceKey: { partly: 'the public key of a workspace, or a publishable key' },
  event: 'served',
  events: { partly: 'a list of one' },
  mode: { partly: '`normal` and `static`; `print` is `static`, `spotlight` is `normal`' },
  extraConfig: 'served',
  language: {
    partly:
      'Arabic, Dutch, English, French, German, Hebrew, Italian, Portuguese and Spanish; all others are English',
  },
  messages: { partly: 'those that have a place in this map' },
  loading: 'served',
} as const satisfies Partial<Record<keyof ChartRendererConfigOptions, Served>>

const selling = {
  pricing: {
    partly:
      'by category and for objects, with ticket types; of a channel where it is the only one that is open; no fees, no listings',
  },
  priceFormatter: 'served',
  session: 'served',
  holdToken: 'served',
  holdTokenInputName: 'served',
  holdOnSelect: { partly: '`true` is the session `continue`' },
  holdOnSelectForGAs: 'not served',
  channels: { partly: 'where the workspace lets browsers open channels' },
  selectedObjects: 'served',
  selectedObjectsInputName: 'served',
  selectableObjects: { partly: 'without a session: whoever has them, nobody else can hold them' },
  maxSelectedObjects: 'served',
  numberOfPlacesToSelect: 'served',
  multiSelectEnabled: 'not served',
  selectionValidators: { partly: 'nothing is highlighted' },
  allowOrphanSeats: 'not served',
  orphanSeats: 'not served',
  availableCategories: 'served',
  unavailableCategories: 'served',
  filteredCategories: 'served',
  objectWithoutPricingSelectable: 'served',
  objectWithoutCategorySelectable: 'served',
  isObjectSelectable: 'served',
  objectCategory: 'not served',
  listings: 'not served',
  listingTypes: 'not served',
  ticketBuyerId: 'not served',
} as const satisfies Partial<Record<keyof ChartRendererConfigOptions, Served>>

const looks = {
  activeFloor: 'served',
  categoryFilter: { partly: '`enabled` shows the legend, whose entries filter' },
  showLegend: 'served',
  legend: 'not served',
  colorScheme: 'served',
  colors: {
    partly:
      '`colorSelected`, `selectedObjectColor`, `availableObjectColor`, `colorTitle` and `cursorTooltipBackgroundColor`',
  },
  style: { partly: '`font` and `cornerRadius`' },
  fitTo: 'served',
  objectColor: 'served',
  objectLabel: 'served',
  objectIcon: 'not served',
  sectionColor: 'served',
  isObjectVisible: 'served',
  popoverInfo: { partly: 'as text' },
  tooltipInfo: { partly: 'as text' },
  objectPopover: 'not served',
  objectTooltip: 'not served',
  customTooltipText: 'not served',
  tooltipStyle: 'not served',
  hideSectionsNotForSale: 'not served',
  showSectionContents: 'not served',
  showSectionPricingOverlay: 'not served',
  showAccessibilityFilter: 'not served',
  showActiveSectionTooltipOnMobile: 'not served',
  showFullScreenButton: 'not served',
  showMinimap: 'not served',
  showRowLabels: 'not served',
  showRowLines: 'not served',
  showZoomOutButtonOnMobile: 'not served',
  inputDevice: 'not served',
  settings3d: 'not served',
  themeColors: 'not served',
  themePreset: 'not served',
  alwaysShowSectionContents: 'not served',
  showSeatLabels: 'no effect',
  defaultRenderingEngine: 'no effect',
  unifiedObjectPropertiesInCallbacks: 'no effect',
  showViewFromYourSeatOnDesktop: 'no effect',
  showViewFromYourSeatOnMobile: 'no effect',
  stylePreset: 'no effect',
  onScrolledOutOfBoundsVertically: 'no effect',
} as const satisfies Partial<Record<keyof ChartRendererConfigOptions, Served>>

const callbacks = {
  onChartRendered: 'served',
  onChartRenderingFailed: 'served',
  onChartRerenderingStarted: 'served',
  onFilteredCategoriesChanged: 'not served',
  onFloorChanged: 'served',
  onFullScreenClosed: 'not served',
  onFullScreenOpened: 'not served',
  onHoldCallsComplete: 'served',
  onHoldCallsInProgress: 'served',
  onHoldFailed: 'served',
  onHoldSucceeded: 'served',
  onHoldTokenExpired: 'served',
  onObjectClicked: 'served',
  onObjectDeselected: { partly: 'for each place of an area' },
  onObjectMouseOut: 'served',
  onObjectMouseOver: 'served',
  onObjectSelected: { partly: 'for each place of an area' },
  onObjectStatusChanged: 'served',
  onPlacesPrompt: 'served',
  onPlacesWithTicketTypesPrompt: 'served',
  onReleaseHoldFailed: 'not served',
  onReleaseHoldSucceeded: 'served',
  onScrolledOutOfBoundsVertically: 'no effect',
  onSelectedObjectBooked: 'served',
  onSelectedObjectUnavailable: 'served',
  onSelectionInvalid: 'served',
  onSelectionValid: 'served',
  onSessionInitialized: {
    partly:
      'when the map is ready, and again when the first hold sets the deadline: a session begins with it',
  },
  onTicketTypePrompt: 'served',
} as const satisfies Record<Callback, Served>

/** Every key of the vendor's configuration. */
export const configServed: Readonly<Record<keyof ChartRendererConfigOptions, Served>> = {
  ...place,
  ...selling,
  ...looks,
  ...callbacks,
}

/** Every property and method of the vendor's chart. */
export const chartServed: Readonly<Record<keyof SeatingChart, Served>> = {
  render: 'served',
  rerender: 'served',
  destroy: 'served',
  changeConfig: 'served',
  holdToken: 'served',
  selectedObjects: { partly: 'an area is in it once' },
  listSelectedObjects: 'served',
  listCategories: 'served',
  listZones: { partly: 'without their labels' },
  findObject: 'served',
  clearSelection: 'served',
  trySelectObjects: 'served',
  doSelectObjects: 'served',
  deselectObjects: 'served',
  selectCategories: 'served',
  deselectCategories: 'served',
  holdBestAvailable: { partly: 'no zones, no ticket types' },
  getReportBySelectability: { partly: 'by category' },
  getReportBySelectabilityGroupedBy: { partly: 'by category' },
  startNewSession: 'served',
  resetView: 'served',
  zoomToSection: 'served',
  zoomToObjects: { partly: 'one object, or what they are in' },
  zoomToSelectedObjects: { partly: 'one object, or what they are in' },
  zoomToFilteredCategories: { partly: 'one object, or what they are in' },
  pulse: 'not served',
  unpulse: 'not served',
  setSpotlightObjects: 'not served',
  setSpotlightOnSelection: 'not served',
  clearSpotlightObjects: 'not served',
}
