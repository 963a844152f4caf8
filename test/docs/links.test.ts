import { existsSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { PAGES, ROOT, textOf } from './support/page.ts'

/** A page's text without blocks of code. */
function proseOf(page: string): string {
  return textOf(page).replace(/^( *)```[\s\S]*?^\1```$/gm, '')
}

/** The names by which places of a page can be linked to, as GitHub makes them of headings. */
function anchorsOf(page: string): string[] {
  const headings = [...proseOf(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
  const named = [...proseOf(page).matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)
  return [...headings, ...named]
}

/** Links of a page that lead to the repository itself. */
function linksOf(page: string): string[] {
  return [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter(target => !/^[a-z]+:/.test(target))
}

test.each(PAGES)('every link of %s leads somewhere', page => {
  const broken = linksOf(page).filter(target => {
    const [file = '', anchor] = target.split('#')
    const path = file === '' ? page : normalize(join(dirname(page), file))
    if (!existsSync(join(ROOT, path))) return true
    return anchor !== undefined && !anchorsOf(path).includes(anchor)
  })
  expect(broken).toEqual([])
})

test('every page is named on the first', () => {
  const named = linksOf('docs/README.md').map(target => normalize(join('docs', target)))
  const others = PAGES.filter(page => page.startsWith('docs/') && page !== 'docs/README.md')
  expect(others.filter(page => !named.includes(page))).toEqual([])
})
