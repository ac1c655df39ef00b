import type { Project } from '@embargo/core'
import { OutsideError } from '@embargo/engine'
import type { Delivery, DeliveryResult, FixedVersion, PublicationTarget } from '@embargo/engine'
import { statusOfPage } from './web-page.ts'

/** The addresses of the registries, without a slash at their end. */
export type RegistryUrls = { readonly npm: string; readonly pypi: string; readonly github: string }

export const REGISTRIES: RegistryUrls = {
  npm: 'https://registry.npmjs.org',
  pypi: 'https://pypi.org',
  github: 'https://github.com',
}

/** A registry that does not answer within this time is asked again later. */
const TIMEOUT_MS = 10_000

/**
 * Checks whether the fixed versions can be installed. It asks only the registries of the packages that the policy
 * names, and reads only whether they know the version.
 */
export function createFixedVersions(urls: RegistryUrls = REGISTRIES, statusOf = statusOfPage): PublicationTarget {
  return {
    target: 'versions',
    async deliver({ versions, project }: Delivery): Promise<DeliveryResult> {
      let link: string | undefined
      for (const one of versions) {
        const places = placesOf(one, project.repository, urls)
        const words = [one.package?.ecosystem, one.package?.name, one.version].filter((word) => word !== undefined)
        if (places.length === 0)
          throw new OutsideError(
            'refused',
            `Embargo cannot look for ${words.join(' ')}: it knows npm, PyPI and tags at GitHub. Say where it is: done fixed-versions https://…`,
          )
        const found = await firstThere(places)
        if (found === undefined) return { is: 'later', because: `${words.join(' ')} is not public yet.` }
        link ??= versions.length === 1 ? found.page : found.all
      }
      return { is: 'done', evidence: 'all are there', ...(link === undefined ? {} : { link }) }
    },
    async hasVersion(version, { repository }) {
      const places = placesOf(version, repository, urls)
      return places.length === 0 ? undefined : (await firstThere(places)) !== undefined
    },
    statusOf: async (link, project) => statusOf(link, { local: serversOf(project) }),
  }
}

/** The servers that the policy names for the project. They may be on the team's own network. */
const serversOf = ({ repository, publisher }: Project): readonly string[] =>
  [repository, publisher?.namespace, publisher?.records].flatMap((one) => URL.parse(one ?? '')?.host ?? [])

/** Where to ask for a version (`asks`), the page that people read about it, and the page about all versions. */
type Place = { readonly asks: string; readonly page: string; readonly all: string }

function placesOf(
  { package: own, version }: FixedVersion,
  repository: string | undefined,
  urls: RegistryUrls,
): readonly Place[] {
  const name = own === undefined ? '' : own.name.split('/').map(encodeURIComponent).join('/')
  const exact = encodeURIComponent(version)
  switch (own?.ecosystem) {
    case 'npm':
      return [
        {
          asks: `${urls.npm}/${name.replace('/', '%2F')}/${exact}`,
          page: `https://www.npmjs.com/package/${name}/v/${exact}`,
          all: `https://www.npmjs.com/package/${name}?activeTab=versions`,
        },
      ]
    case 'PyPI':
      return [
        {
          asks: `${urls.pypi}/pypi/${name}/${exact}/json`,
          page: `https://pypi.org/project/${name}/${exact}/`,
          all: `https://pypi.org/project/${name}/#history`,
        },
      ]
    default: {
      const [, path] =
        /^https:\/\/(?:www\.)?github\.com\/([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/u.exec(repository ?? '') ?? []
      return path === undefined
        ? []
        : [`v${exact}`, exact].map((tag) => {
            const page = `/${path}/releases/tag/${tag}`
            return {
              asks: `${urls.github}${page}`,
              page: `https://github.com${page}`,
              all: `https://github.com/${path}/releases`,
            }
          })
    }
  }
}

async function firstThere(places: readonly Place[]): Promise<Place | undefined> {
  for (const place of places) if (await isThere(place.asks)) return place
  return undefined
}

/** Whether the page exists. Only the status is read, and no redirect is followed. */
async function isThere(url: string): Promise<boolean> {
  const { status, retryAfter } = await answerOf(url)
  if (status === 200) return true
  if (status === 404 || status === 410) return false
  if (status === 429)
    throw new OutsideError('rate-limited', 'The registry asks Embargo to wait.', {
      ...(retryAfter > 0 ? { retryAfterMs: retryAfter * 1000 } : {}),
    })
  throw new OutsideError('unreachable', `The registry answered ${status}.`)
}

async function answerOf(url: string): Promise<{ readonly status: number; readonly retryAfter: number }> {
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { 'user-agent': 'embargo', accept: '*/*' },
    })
    await response.body?.cancel()
    return { status: response.status, retryAfter: Number(response.headers.get('retry-after') ?? 0) }
  } catch (cause) {
    throw new OutsideError('unreachable', 'The registry cannot be reached.', { cause })
  }
}
