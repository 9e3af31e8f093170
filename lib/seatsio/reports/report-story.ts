// What the examples show of reports.

const traits = {
  isAccessible: false,
  isCompanionSeat: false,
  hasRestrictedView: false,
  hasLiftUpArmrests: false,
  isHearingImpaired: false,
  isSemiAmbulatorySeat: false,
  hasSignLanguageInterpretation: false,
  isPlusSize: false,
}

function drawnSeat(own: string, more: object) {
  return {
    label: `A-${own}`,
    labels: { own: { label: own, type: 'seat' }, parent: { label: 'A', type: 'row' } },
    ids: { own, parent: 'A' },
    objectType: 'seat',
    categoryKey: '1',
    categoryLabel: 'Standard',
    ...more,
    ...traits,
  }
}

/** The seats of the back room. */
export const backRoomSeats = [
  drawnSeat('1', { distanceToFocalPoint: 31.622776601683793, rightNeighbour: 'A-2' }),
  drawnSeat('2', { distanceToFocalPoint: 31.953090617340916, leftNeighbour: 'A-1' }),
]

export const backRoomSummary = {
  NO_SECTION: {
    count: 2,
    byCategoryKey: { 1: 2 },
    byCategoryLabel: { Standard: 2 },
    byObjectType: { seat: 2 },
    byZone: { NO_ZONE: 2 },
  },
}
