throw new Error('this code must run under plain Node, but it imports electron');
