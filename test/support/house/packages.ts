import { finding, importsOf } from './source.ts'
import type { Rule } from './source.ts'

/** The table is one store behind one door. */
export const awsRule: Rule = {
  name: 'only the store, the bus, the opener and the local product speak to AWS clients',
  check: (source) => {
    if (
      /^(lib\/store\/|lib\/bus\/|lib\/open\.ts|lib\/fetch-secret\.ts|local\/|packages\/|commands\/|test\/|bench\/)/.test(
        source.path,
      )
    )
      return []
    // The table's stream calls workers with records whose types the client declares.
    const isWorker = source.path.startsWith('functions/workers/')
    return importsOf(source)
      .filter(({ target }) => target.startsWith('@aws-sdk/'))
      .filter(({ typesOnly }) => !(isWorker && typesOnly))
      .map(({ node }) =>
        finding(source, node, 'uses an AWS client; do it in lib/store or lib/bus.'),
      )
  },
}

/** Of several spellings the named one bundles five times more. */
export const zodRule: Rule = {
  name: "zod is imported as import * as z from 'zod'",
  check: (source) =>
    importsOf(source)
      .filter(({ target }) => target === 'zod' || target.startsWith('zod/'))
      .filter(({ node }) => !/^import (type )?\* as z from 'zod'/.test(node.getText(source.tree)))
      .map(({ node }) => finding(source, node, "write import * as z from 'zod'.")),
}
