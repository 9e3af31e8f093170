import { listTags as list } from '../../../lib/actions/charts/list-charts.ts'
import { endpoint } from '../../../lib/http/endpoint.ts'
import { lambda } from '../../../lib/http/lambda.ts'
import { tagsReply } from '../../../lib/seatsio/charts/chart-shapes.ts'
import { seatsio } from '../../../lib/seatsio/surface.ts'

export const listTags = endpoint({
  surface: seatsio,
  method: 'GET',
  path: '/charts/tags',
  summary: 'List the tags of all charts',
  storyPlace: 230,
  examples: { all: { summary: 'All tags', reply: { tags: ['outdoor/summer'] } } },
  access: 'secret-key',
  reply: tagsReply,
  run: async (context) => ({ tags: await list(context) }),
})

export const handler = lambda(listTags)
