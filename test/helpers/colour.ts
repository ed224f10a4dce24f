import {colours} from './colours.js';

// Imported before what looks at it when it is loaded: the screen's styles are part of what the tests see.
process.env.FORCE_COLOR = colours.level;
