import type { Config } from './config.ts'
import { entriesOf, onlyChannel } from './prices.ts'

/** Names of which a page need not be told: what is served, be it in part, and what does nothing. `served.ts` says how of each. */
const silent = new Set(
  (
    'activeFloor availableCategories categoryFilter channels colorScheme colors container defaultRenderingEngine ' +
    'divId event events extraConfig filteredCategories fitTo holdOnSelect holdToken holdTokenInputName ' +
    'isObjectSelectable isObjectVisible language loading maxSelectedObjects messages mode numberOfPlacesToSelect ' +
    'objectColor objectLabel objectWithoutCategorySelectable objectWithoutPricingSelectable onChartRendered ' +
    'onChartRenderingFailed onChartRerenderingStarted onFloorChanged onHoldCallsComplete onHoldCallsInProgress ' +
    'onHoldFailed onHoldSucceeded onHoldTokenExpired onObjectClicked onObjectDeselected onObjectMouseOut ' +
    'onObjectMouseOver onObjectSelected onObjectStatusChanged onPlacesPrompt onPlacesWithTicketTypesPrompt ' +
    'onReleaseHoldSucceeded onScrolledOutOfBoundsVertically onSelectedObjectBooked onSelectedObjectUnavailable ' +
    'onSelectionInvalid onSelectionValid onSessionInitialized onTicketTypePrompt popoverInfo priceFormatter pricing ' +
    'sectionColor selectableObjects selectedObjects selectedObjectsInputName selectionValidators session showLegend ' +
    'showSeatLabels showViewFromYourSeatOnDesktop showViewFromYourSeatOnMobile style stylePreset tooltipInfo ' +
    'unavailableCategories unifiedObjectPropertiesInCallbacks workspaceKey'
  ).split(' '),
)

/** Keys of ours, and of the wrappers, which the vendor has not. */
const own = ['apiUrl', 'admissionToken', 'publicKey', 'region', 'chartJsUrl', 'onRenderStarted']

/** What a page sets and is not served, or not known at all: by the names under which it looks for them. */
export function unserved(config: Config): string[] {
  const whole = Object.keys(config).filter((name) => {
    const isSet = (config as Readonly<Record<string, unknown>>)[name] !== undefined
    return isSet && !own.includes(name) && !silent.has(name)
  })
  return [...whole, ...inPart(config)]
}

/** The other part of what is served in part. */
function inPart(config: Config): string[] {
  const { events, event, mode } = config
  const entries = entriesOf(config)
  const hasFee = entries.some(
    ({ fee, ticketTypes = [] }) => fee !== undefined || ticketTypes.some((type) => type.fee),
  )
  const hasChannels = entries.some(({ channels }) => channels !== undefined)
  const told: Readonly<Record<string, boolean>> = {
    'events beyond the first': event === undefined && (events?.length ?? 0) > 1,
    'mode spotlight': mode === 'spotlight',
    'fee in pricing': hasFee,
    'listing in pricing': entries.some(({ listing }) => listing !== undefined),
    'channels in pricing': hasChannels && onlyChannel(config) === undefined,
  }
  return Object.keys(told).filter((name) => told[name])
}
