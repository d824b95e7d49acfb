/** First names and family names as people of Gumla and Lohardaga have them. */
export const women = [
  ...['Sukhmani', 'Birsi', 'Phulo', 'Salomi', 'Etwari', 'Mangri', 'Budhni', 'Jhalo', 'Karmi', 'Somari', 'Sushila'],
  ...['Anita', 'Sabina', 'Elizabeth', 'Rashmi', 'Nirmala', 'Basanti', 'Kiran', 'Sarita', 'Parwati', 'Shanti', 'Dulari'],
  ...['Monika', 'Asrita', 'Teresa', 'Nutan', 'Pushpa', 'Rita', 'Laxmi', 'Savitri', 'Chandmuni', 'Jasinta', 'Manju'],
] as const;
export const men = [
  ...['Birsa', 'Etwa', 'Mangra', 'Soma', 'Budhu', 'Sukra', 'Karma', 'Lakhan', 'Jagarnath', 'Bandhu', 'Charwa', 'Samir'],
  ...[
    'Anil',
    'Sanjay',
    'Manoj',
    'Rajesh',
    'Suresh',
    'Albert',
    'Patras',
    'Simon',
    'Nelson',
    'Ignace',
    'Prakash',
    'Dinesh',
  ],
  ...['Vijay', 'Raju', 'Mahadeo', 'Ramlal', 'Jhirga', 'Silas', 'Pradeep', 'Umesh', 'Hari', 'Bisheshwar', 'Augustine'],
] as const;
export const families = [
  ...['Oraon', 'Munda', 'Toppo', 'Lakra', 'Minj', 'Kujur', 'Ekka', 'Tirkey', 'Kerketta', 'Xaxa', 'Bara', 'Beck'],
  ...['Barla', 'Bhengra', 'Hemrom', 'Hansda', 'Soren', 'Marandi', 'Kisku', 'Dungdung', 'Kullu', 'Soreng', 'Horo'],
  ...['Topno', 'Kandulna', 'Lugun', 'Surin', 'Khalkho', 'Bhagat', 'Kachhap', 'Tigga', 'Panna', 'Bakhla', 'Aind'],
] as const;
/** Longer ones, and those of other communities of the district: women's, men's. */
export const wholeNames: readonly (readonly [name: string, sex: 'female' | 'male'])[] = [
  ['Kaushalya Devi Mahto', 'female'],
  ['Noorjahan Khatun', 'female'],
  ['Chandrakanta Kumari Choudhary', 'female'],
  ['Shakuntala Rajkumari Singh Deo', 'female'],
  ['Sister Mary Immaculata Dungdung', 'female'],
  ['Mosammat Rabia Khatun', 'female'],
  ['Bhuneshwari Devi Lohra', 'female'],
  ['Ram Charitra Prasad Kesri', 'male'],
  ['Mohammad Shamsuddin Ansari', 'male'],
  ['Jagdish Narayan Baraik', 'male'],
  ['Lal Bahadur Ghasi', 'male'],
  ['Bhagwan Das Gope', 'male'],
  ['Sheikh Abdul Quddus', 'male'],
  ['Krishna Chandra Nag', 'male'],
  ['Fr Francis Xavier Kindo', 'male'],
  ['Tribhuwan Nath Sahdeo', 'male'],
];
