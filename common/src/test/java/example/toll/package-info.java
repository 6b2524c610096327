/** A problem as a user would write it: outside of Stackel's packages, found through its service entry. Start at {@link example.toll.TollWalk}. */
package example.toll;
