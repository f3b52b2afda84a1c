/** The namespaces of this instance, and the attribute of a profile that each compares. */
export const NAMESPACES = [
  { name: 'defaultNamespace1', label: 'Email', attribute: 'email' },
  { name: 'defaultNamespace2', label: 'Phone', attribute: 'phone' },
] as const;
