// What the examples show of usage.

export const storyMonth = { month: '2027-03' }

export const monthBefore = { month: '2027-02' }

/** The moment of counting. */
export const CUTOFF = '2027-03-04T18:20:31.000Z'

export const usedByMonth = [{ month: { month: 3, year: 2027 }, numUsedObjects: 3 }]
