/* What the models share: people, doors, and the table of who comes in through which door (e2ee.md 4.2).
   Tests/E2EETests/Meeting/ModelDoorTests.swift reads the lines that begin with "#define DOOR_" and holds them against
   Authoriser, so the models say what the code does. One number a line, nothing behind it but a comment. */

/* States of the door, as in the heading of the table. */
#define WAITING 0
#define OPEN 1
#define MEMBERS 2
#define CLOSED 3
#define LOCKED 4
#define COMPARING 5

/* Rows of the table: bit n stands for the door with number n. */
#define DOOR_ADD 7 /* Add by value */
#define DOOR_ADD_PASS 23 /* the same, with a pass in CommitAuth */
#define DOOR_SELF 2 /* new_member_proposal and external invite: nothing but the link */
#define DOOR_SELF_ENTER 7 /* the same, with a chain that has enter */
#define DOOR_SELF_WORD 6 /* the same, with an organisation's word */
#define DOOR_REENTRY 31 /* external reentry, with a valid pass */
#define DOOR_ROLE 63 /* external role, with an own chain */
#define DOOR_RESYNC 63 /* external resync, as the leaf it was */

#define opens(row, door) (((row) >> (door)) & 1)

/* A set of people is a number with a bit for each. */
#define one(person) (1 << (person))
#define has(set, person) (((set) >> (person)) & 1)
#define with(set, person) ((set) | one(person))
#define without(set, person) ((set) & ~one(person))

/* ONLY=n looks at property n alone: a mutant has to break the one that rests on the rule it takes away. */
#ifndef ONLY
#define ONLY 0
#endif
#define holds(property, condition) assert((ONLY != 0 && ONLY != property) || (condition))

/* REACH=n asks whether something that has to be possible is: SPIN finds it as an error. */
#ifndef REACH
#define REACH 0
#endif
#define reached(goal, condition) assert(REACH != goal || !(condition))
