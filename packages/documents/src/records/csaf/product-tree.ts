import { packageKey, rangesInWords } from '@embargo/core'
import type { Package } from '@embargo/core'
import type { CaseRecord, Product } from '../../record.ts'
import { rangedBranches } from '../affected-ranges.ts'
import type { RangedBranch } from '../affected-ranges.ts'
import { packageUrl, rangeUrl, versionRange, versionUrl } from '../package-url.ts'

/**
 * The affected versions of a package in a branch, and the version that fixes them, each with its id in the document.
 */
export type CsafProduct = RangedBranch & {
  readonly affectedId: string
  readonly fixedId?: string | undefined
  /** `npm/quillmark`, or the name of the product if the row is about no package. */
  readonly name: string
}

/** The products of a record. Their ids are their package URLs, so they stay the same in later revisions. */
export const csafProducts = (record: CaseRecord, product: Product): readonly CsafProduct[] =>
  rangedBranches(record).map((branch) => {
    const { package: own, ranges, fixedVersion } = branch
    const purl = own === undefined ? undefined : packageUrl(own)
    const name = own === undefined ? product.name : packageKey(own)
    return {
      ...branch,
      name,
      affectedId: purl === undefined ? `${name}?vers=${versionRange(purl, ranges)}` : rangeUrl(purl, ranges),
      fixedId: fixedVersion === undefined ? undefined : versionUrl(purl ?? name, fixedVersion),
    }
  })

type Leaf = {
  readonly category: string
  readonly name: string
  readonly product: { readonly name: string; readonly product_id: string }
}

/** Vendor, product, packages and their versions. Each version is in the tree once. */
export function productTree(products: readonly CsafProduct[], { vendor, name }: { vendor: string; name: string }) {
  const groups = [...Map.groupBy(products, (one) => one.name)].map(([key, rows]) => ({
    branches: [...new Map(rows.flatMap(leaves).map((leaf) => [leaf.product.product_id, leaf])).values()],
    category: 'product_name',
    name: key,
  }))
  const isOfPackages = products.some((one) => one.package !== undefined)
  return {
    branches: [
      {
        branches: isOfPackages ? [{ branches: groups, category: 'product_family', name }] : groups,
        category: 'vendor',
        name: vendor,
      },
    ],
  }
}

function leaves({ name, package: own, ranges, fixedVersion, affectedId, fixedId }: CsafProduct): readonly Leaf[] {
  const purl = own === undefined ? undefined : packageUrl(own)
  return [
    {
      category: 'product_version_range',
      name: versionRange(purl, ranges),
      product: { name: `${name} ${rangesInWords(ranges)}`, product_id: affectedId, ...helper(own, purl) },
    },
    ...(fixedVersion === undefined || fixedId === undefined
      ? []
      : [
          {
            category: 'product_version',
            name: fixedVersion,
            product: {
              name: `${name} ${fixedVersion}`,
              product_id: fixedId,
              ...helper(own, purl === undefined ? undefined : versionUrl(purl, fixedVersion)),
            },
          },
        ]),
  ]
}

/** A program finds the product by its package URL. */
const helper = (own: Package | undefined, purl: string | undefined) =>
  own === undefined || purl === undefined ? {} : { product_identification_helper: { purl } }
