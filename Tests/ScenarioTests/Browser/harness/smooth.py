"""How smooth a page stays, by its own word (Chromium)."""

# Long tasks are those of more than 50 ms; an interaction is counted from the key to the next picture, where that took 16 ms or
# more. The messages that come are counted beside the page's own list, which holds the last of them only.
WATCH = '''
probe.tasks = [];
probe.interactions = [];
probe.arrived = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) probe.tasks.push(duration);
}).observe({ type: 'longtask' });
new PerformanceObserver((list) => {
  for (const { duration, interactionId } of list.getEntries()) if (interactionId) probe.interactions.push(duration);
}).observe({ type: 'event', durationThreshold: 16 });
probe.beginChat = () => {
  [probe.tasks, probe.interactions] = [[], []];
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) probe.arrived += addedNodes.length;
  }).observe(document.querySelector('b-log ol'), { childList: true });
};
'''


def begin(person):
    """From now on, with the panel of messages open."""
    person.browser.evaluate('() => probe.beginChat()')


def arrived(person):
    return person.browser.evaluate('() => probe.arrived')


def rows(person):
    return person.browser.evaluate("() => document.querySelectorAll('b-log b-message').length")


def nodes(person):
    """Elements of the whole page."""
    return person.browser.evaluate("() => document.querySelectorAll('*').length")


def tell(person):
    """What was measured since `begin`: longest task and all of them, and interactions, in milliseconds."""
    tasks, interactions = person.browser.evaluate('() => [probe.tasks, probe.interactions]')
    ordered = sorted(interactions)
    return {
        'longest task': round(max(tasks, default=0)), 'long tasks': len(tasks), 'all of them': round(sum(tasks)),
        'interactions': len(ordered), 'slowest': round(ordered[-1]) if ordered else 0,
        '98 of 100 within': round(ordered[int(0.98 * (len(ordered) - 1))]) if ordered else 0,
    }
