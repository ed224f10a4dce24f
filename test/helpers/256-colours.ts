import {colours} from './colours.js';

// Imported before the terminal, which sets it up when it is loaded.
colours.level = '2';
