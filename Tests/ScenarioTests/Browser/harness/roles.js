// Finds controls by role and name, for Firefox: asked through BiDi, its accessibility tree takes seconds per question and
// knows no landmarks. Only the roles and the parts of the name computation (accname 1.2) that this client uses.
(() => {
  const roles = {
    main: 'main',
    region: 'section, aside',
    group: 'fieldset',
    button: 'button, summary',
    textbox: 'input:not([type]), input[type=text], input[type=email], input[type=password], textarea',
    combobox: 'select',
    dialog: 'dialog',
    heading: 'h1, h2, h3',
    list: 'ul, ol',
    progressbar: 'progress',
    meter: 'meter',
    link: 'a[href]',
    switch: '[role=switch]',
  };
  const fromContent = new Set(['button', 'heading', 'link', 'switch']);
  const clean = (text) => text.replace(/\s+/g, ' ').trim();

  const content = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.ariaHidden === 'true' || !node.checkVisibility()) return '';
    return node.ariaLabel ?? [...node.childNodes].map(content).join('');
  };

  const name = (element, role) => {
    const by = element.getAttribute('aria-labelledby');
    if (by) return clean(by.split(/\s+/).map((id) => document.getElementById(id)).filter(Boolean).map(content).join(' '));
    if (element.ariaLabel) return clean(element.ariaLabel);
    if (element.labels?.length) return clean([...element.labels].map(content).join(' '));
    const legend = element.querySelector(':scope > legend');
    if (role === 'group' && legend) return clean(content(legend));
    return fromContent.has(role) ? clean(content(element)) : '';
  };

  const isReachable = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert], [aria-hidden=true]');

  /** Elements with this role and exactly this name, below `roots`. */
  globalThis.probe.find = (role, wanted, roots = [document]) =>
    roots.flatMap((root) => [...root.querySelectorAll(`${roles[role]}, [role=${role}]`)])
      .filter((element) => (element.getAttribute('role') ?? role) === role)
      .filter((element) => isReachable(element) && name(element, role) === wanted);
})();
