/** What takes long says so by importing this: `npm run test:quick` leaves it out. */
export {};
