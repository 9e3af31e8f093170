import { pathToFileURL } from 'node:url'
import { bundleEdited, type Edit } from '../../../support/edited-bundle.ts'
import type { play } from './play.ts'

/** The explorer over the product with these edits in its source; throws when one does not fit exactly once. */
export async function explorerWith(
  name: string,
  edits: readonly Edit[],
): Promise<{ play: typeof play }> {
  const entry = 'test/proofs/explorer/support/play.ts'
  const bundle = await bundleEdited({ entry, name: `explorer-${name}` }, edits)
  return (await import(/* @vite-ignore */ pathToFileURL(bundle).href)) as { play: typeof play }
}
