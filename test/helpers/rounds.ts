import process from 'node:process';

/** How often what fails only sometimes is tried: as often as PROVE asks for, once otherwise. */
export const rounds = Math.max(1, Number(process.env.PROVE) || 1);
