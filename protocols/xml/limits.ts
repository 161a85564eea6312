import type { Settings } from '../../lib/settings.ts';

/** What one document may cost its reader (DESIGN §8). Lengths are counted in UTF-16 code units of the source. */
export interface XmlLimits {
  /** Elements open at once. */
  readonly depth: number;
  /** Child elements of one element. */
  readonly children: number;
  /** Attributes of one element, namespace declarations included. */
  readonly attributes: number;
  /** Length of one attribute's value. */
  readonly attributeLength: number;
  /** Length of one name, its prefix included. */
  readonly name: number;
}

/** The limits that hold unless a setting says otherwise (DESIGN §8). */
export const defaultXmlLimits: XmlLimits = {
  depth: 100,
  children: 50_000,
  attributes: 100,
  attributeLength: 65_536,
  name: 1_024,
};

/** The limits that the settings have for a document. */
export function xmlLimits(limits: Settings['limits']): XmlLimits {
  return {
    depth: limits.xmlDepth,
    children: limits.xmlChildren,
    attributes: limits.xmlAttributes,
    attributeLength: limits.xmlAttributeLength,
    name: limits.xmlName,
  };
}
