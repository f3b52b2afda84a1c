import type { Values } from '../records/store';

/** The orders that every simulator starts with; `profile` is the id of one of the first profiles. */
export const ORDERS: readonly Values[] = [
  {
    orderNumber: 'O-1001',
    profile: 1,
    amount: 59.9,
    lines: 2,
    orderDate: '2025-11-03',
    status: 'shipped',
    shippedAt: '2025-11-04 08:30:00.000Z',
  },
  { orderNumber: 'O-1002', profile: 1, amount: 120, lines: 1, orderDate: '2025-12-20', gift: true },
  { orderNumber: 'O-1003', profile: 3, amount: 15.5, lines: 1, orderDate: '2025-12-28', status: 'returned', comment: 'Wrong size' },
  { orderNumber: 'O-1004', profile: 2, amount: 230.25, lines: 4, orderDate: '2026-01-10' },
  { orderNumber: 'O-1005', amount: 8, lines: 1, orderDate: '2026-01-12', comment: 'Ordered by a guest' },
];
