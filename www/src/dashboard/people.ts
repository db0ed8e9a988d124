/** Dimensions whose values are people: not shown unless somebody asks for them. */

const PERSON = /(^|[_\s.])(assignee|assigned_?\s?to|caller|requester|requestor|reporter|person|people|user|owner|agent|analyst|technician|customer|creator|submitter|author|manager|(opened|created|closed|resolved|updated|sys_(created|updated))[_\s]by)(_?\s?(id|name))?$/i;

export function isPersonal(name: string, label: string): boolean {
  return [name, label].some((text) => PERSON.test(text.trim()));
}

export const PEOPLE_WHY =
  'Columns of people are left out at first: how long tickets take depends on the work that a person is given, and a ranking of people would only hide that.';
