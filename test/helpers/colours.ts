/** What the terminal of this process shows, as chalk counts: 1 is 16 colours, 2 is 256, 3 is true colour. */
export const colours: {level: '1' | '2' | '3'} = {level: '1'};
