import { BaseSequencer, type TestSpecification, type Vitest } from 'vitest/node'

/**
 * Files that take longest, the longest first: what begins last should be short, or one core waits for the other. As measured on two quiet
 * cores; a file that is missing here only costs time.
 */
const longest = [
  'test/docs/blocks.test.ts',
  'test/local/keys.test.ts',
  'test/local/scripts.test.ts',
  'test/infra/bundle.test.ts',
  'test/local/product-notices.test.ts',
  'test/local/main.test.ts',
  'test/house.test.ts',
  'test/local/webhooks.test.ts',
  'test/functions/seatsio/objects/best-at-once.test.ts',
  'test/functions/seatsio/access.test.ts',
  'test/local/pressed-examples.test.ts',
  'test/web/sale/following.test.ts',
  'test/functions/seatsio/objects/races.test.ts',
]

/** Begins with the files that take longest; the others follow as they would. */
export class LongestFirst {
  readonly #usual: BaseSequencer

  constructor(vitest: Vitest) {
    this.#usual = new BaseSequencer(vitest)
  }

  async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await this.#usual.sort(files)
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b))
  }

  shard(files: TestSpecification[]): Promise<TestSpecification[]> {
    return this.#usual.shard(files)
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = longest.findIndex((path) => moduleId.endsWith(path))
  return place === -1 ? longest.length : place
}
