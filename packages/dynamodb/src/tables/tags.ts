import { noBody } from '../answers.ts'
import { invalidParameter, notFound } from '../errors.ts'
import { saveTable, tableNameOf } from '../store.ts'
import type { Store } from '../store.ts'
import type { Table } from '../types.ts'

/** The most tags of one table. */
export const tagsMax = 50
const tooMany = `The number of tags exceeds the limit of ${tagsMax} tags per resource`

interface Tagged {
  ResourceArn: string
}

/** ListTagsOfResource. */
export function listTags(store: Store, { ResourceArn: arn }: Tagged): object {
  const tags = Object.entries(taggedTable(store, arn).tags)
  return { Tags: tags.map(([Key, Value]) => ({ Key, Value })) }
}

/** TagResource: adds tags and replaces those with the same names. */
export function tagResource(
  store: Store,
  { ResourceArn: arn, Tags: tags }: Tagged & { Tags: { Key: string; Value: string }[] },
): Promise<object> {
  return store.exclusively(async () => {
    const table = taggedTable(store, arn)
    const added = Object.fromEntries(tags.map((tag) => [tag.Key, tag.Value]))
    const all = { ...table.tags, ...added }
    if (Object.keys(all).length > tagsMax) throw invalidParameter(tooMany)
    await saveTable(store, { ...table, tags: all })
    return noBody
  })
}

/** UntagResource: removes tags; those that are not there are ignored. */
export function untagResource(
  store: Store,
  { ResourceArn: arn, TagKeys: names }: Tagged & { TagKeys: string[] },
): Promise<object> {
  return store.exclusively(async () => {
    const table = taggedTable(store, arn)
    const kept = Object.entries(table.tags).filter(([name]) => !names.includes(name))
    await saveTable(store, { ...table, tags: Object.fromEntries(kept) })
    return noBody
  })
}

function taggedTable(store: Store, arn: string): Table {
  const table = store.tables.get(tableNameOf(arn))
  if (table === undefined) {
    throw notFound(`Requested resource not found: ResourcArn: ${arn} not found`)
  }
  return table
}
