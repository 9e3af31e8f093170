// A page of somebody who uses the vendor's React wrapper, as its documentation shows it.

import type { SelectableObject } from '@seatsio/seatsio-types'
import { SeatsioSeatingChart } from '@seatsio/seatsio-react'
import { createElement as h, useState } from 'react'
import { createRoot } from 'react-dom/client'

const { workspaceKey = '', event = '' } = document.body.dataset

function Shop() {
  const [labels, setLabels] = useState<readonly string[]>([])
  const [token, setToken] = useState('')
  const [renderings, setRenderings] = useState(0)
  const [isShown, setShown] = useState(true)
  // Functions made anew with each rendering, as most pages have them.
  const chart = h(SeatsioSeatingChart, {
    chartJsUrl: '/chart.js',
    region: 'eu',
    workspaceKey,
    event,
    session: 'continue',
    pricing: [
      { category: 1, price: 30 },
      { category: 2, ticketTypes: [{ ticketType: 'adult', price: 20 }] },
    ],
    onChartRendered: () => {
      setRenderings((count) => count + 1)
    },
    onObjectSelected: ({ label }: SelectableObject) => {
      setLabels([...labels, label])
    },
    onObjectDeselected: ({ label }: SelectableObject) => {
      setLabels(labels.filter((each) => each !== label))
    },
    onSessionInitialized: (session: { readonly token: string }) => {
      setToken(session.token)
    },
  })
  return h(
    'main',
    {},
    h('h1', {}, 'Seats'),
    isShown && h('div', { style: { height: '600px' } }, chart),
    h('output', { id: 'labels' }, labels.join(' ')),
    h('output', { id: 'token' }, token),
    h('output', { id: 'renderings' }, renderings),
    h(
      'button',
      {
        onClick: () => {
          setShown(!isShown)
        },
      },
      isShown ? 'Leave' : 'Come back',
    ),
  )
}

const root = document.querySelector('#root')
if (root) createRoot(root).render(h(Shop))
