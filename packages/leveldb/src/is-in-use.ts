import dynalite from 'dynalite/db/index.js'

/** Whether another process has the database of a folder open; opens nothing itself. */
export async function isInUse(path: string): Promise<boolean> {
  const { db } = dynalite.create({ path })
  try {
    // LevelDB takes its lock first, and then refuses: a database must both be there and not be there.
    await db.open({ createIfMissing: false, errorIfExists: true })
    await db.close()
    return false
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } }
    return cause?.code === 'LEVEL_LOCKED'
  }
}
